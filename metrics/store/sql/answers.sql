-- What are the two answers, as known at a date the build keeps, on every measure and place or on one?
FROM answer
WHERE as_at = $as_at
  AND ($measure IS NULL OR measure = $measure)
  AND ($place IS NULL OR place = $place)
ORDER BY measure, place, question DESC;
