-- What are the limits and signals of every monthly count, or of one, in every place or in one, as known on a day the build keeps?
FROM point
WHERE as_at = $as_at
  AND ($measure IS NULL OR measure = $measure)
  AND ($place IS NULL OR place = $place)
ORDER BY measure, place, period;
