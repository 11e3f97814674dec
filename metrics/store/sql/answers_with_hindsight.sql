-- What would the two answers of an earlier day have been, with that day's months as they are known now?
FROM answer_with_hindsight
WHERE as_at = $as_at
  AND ($measure IS NULL OR measure = $measure)
  AND ($place IS NULL OR place = $place)
ORDER BY measure, place, question DESC;
