-- Which row of a release names something unknown, or holds a value that cannot be?
SELECT file, cell.measure, place, period, value
FROM cell
JOIN release USING (file)
WHERE value IS NULL OR value < 0 OR isnan(value) OR isinf(value) OR base < 0
   OR NOT regexp_full_match(period, '20\d\d-(0[1-9]|1[0-2])')
   OR place NOT IN (SELECT id FROM place)
   OR (release.dataset, cell.measure) NOT IN (SELECT dataset, series FROM known_series)
ORDER BY ALL
LIMIT 1;
