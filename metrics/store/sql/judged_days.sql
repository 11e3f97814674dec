-- For which as-at dates does the build keep answers, and when was the newest of the releases published by each?
SELECT as_at, max(release.published) AS published
FROM (SELECT DISTINCT as_at FROM answer) AS day
LEFT JOIN release ON release.level = 'area' AND release.published <= day.as_at
GROUP BY as_at
ORDER BY as_at;
