-- What is now known of every measure, or of some, in one place and in the whole force area, with the residents of each period?
FROM figure
WHERE (place = $place OR place IN (SELECT id FROM place WHERE level = 'force'))
  AND ($measures IS NULL OR list_contains($measures, measure))
ORDER BY measure, place, period;
