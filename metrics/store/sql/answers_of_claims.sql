-- What are the two answers on some measures in some places, as known at a date that the build keeps?
SELECT measure, place, question, verdict, direction, now, before, now_from, now_to, before_from, before_to, low, high, linked_now,
       linked_before
FROM answer
WHERE as_at = $as_at
  AND list_contains($measures, measure)
  AND list_contains($places, place);
