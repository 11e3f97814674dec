-- Which row of which release names something unknown, or holds a value that cannot be?
SELECT file, measure, place, period, value
FROM written
JOIN origin ON origin.file = written.filename
JOIN release USING (number)
WHERE value IS NULL OR value < 0 OR isnan(value) OR isinf(value) OR base < 0
   OR NOT regexp_full_match(period, '20\d\d-(0[1-9]|1[0-2])')
   OR place NOT IN (SELECT id FROM place)
   OR (release.dataset, measure) NOT IN (SELECT dataset, series FROM known_series)
ORDER BY ALL
LIMIT 1;
