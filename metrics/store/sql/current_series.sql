-- What is now known of some measures in some places, with the residents of each period?
FROM figure
WHERE list_contains($measures, measure) AND list_contains($places, place)
ORDER BY measure, place, period;
