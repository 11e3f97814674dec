-- What would the two answers of an earlier day have been, with that day's months as they are known now?
FROM answer_with_hindsight
WHERE as_at = $as_at
ORDER BY measure, place, question DESC;
