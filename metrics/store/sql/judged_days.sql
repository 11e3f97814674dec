-- For which as-at dates does the build keep findings?
SELECT DISTINCT as_at FROM finding ORDER BY as_at;
