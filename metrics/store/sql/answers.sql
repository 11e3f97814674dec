-- What are the two answers on every measure in every place, as known at a date the build keeps?
FROM answer
WHERE as_at = $as_at
ORDER BY measure, place, question DESC;
