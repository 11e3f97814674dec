-- Where does each area lie among all, for one measure, as known on a day the build keeps?
FROM funnel WHERE as_at = $as_at AND measure = $measure ORDER BY place;
