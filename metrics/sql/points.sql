-- What are the limits and signals of every monthly count, or of one, in one place, as now known?
FROM point
WHERE place = $place
  AND ($measure IS NULL OR measure = $measure)
ORDER BY measure, period;
