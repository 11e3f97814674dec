-- For which as-at dates does the build keep answers?
SELECT DISTINCT as_at FROM answer ORDER BY as_at;
