-- What is now known of every measure in every place, with the residents of each period?
FROM figure
ORDER BY place, measure, period;
