-- What can be said, as known at a date the build keeps, of every measure and place or of one?
FROM finding
WHERE as_at = $as_at
  AND ($measure IS NULL OR measure = $measure)
  AND ($place IS NULL OR place = $place)
ORDER BY measure, place;
