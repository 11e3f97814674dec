-- What are the limits and signals of every monthly count, or of one, in one place, as known on a day the build keeps?
FROM point
WHERE as_at = $as_at AND place = $place
  AND ($measure IS NULL OR measure = $measure)
ORDER BY measure, period;
