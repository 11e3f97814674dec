-- Which range is to be expected for one measure, at each size of place, as known on a day the build keeps?
FROM funnel_limit WHERE as_at = $as_at AND measure = $measure ORDER BY base;
