-- What are the limits and signals of every monthly count in every place, as known on a day the build keeps?
FROM point
WHERE as_at = $as_at
ORDER BY place, measure, period;
