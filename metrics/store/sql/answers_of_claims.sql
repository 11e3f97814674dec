-- What are the two answers on some measures in some places, as known at the newest date that the build keeps up to a day?
SELECT measure, place, question, verdict, direction, now, before, now_from, now_to, before_from, before_to, low, high, linked,
       linked_before
FROM answer
WHERE as_at = (SELECT max(as_at) FROM answer WHERE as_at <= $as_at)
  AND list_contains($measures, measure)
  AND list_contains($places, place);
