-- Which range is to be expected for one measure, at each size of place?
FROM funnel_limit WHERE measure = $measure ORDER BY base;
