-- How many figures name something unknown, or hold a value that cannot be?
SELECT count(*)
FROM cell
LEFT JOIN release USING (number)
LEFT JOIN known_series ON known_series.dataset = release.dataset AND known_series.series = cell.series
WHERE value IS NULL OR value < 0 OR isnan(value) OR isinf(value) OR base < 0
   OR period IS NULL OR place IS NULL OR known_series.series IS NULL;
