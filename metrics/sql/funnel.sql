-- Where does each borough lie among all, for one measure?
FROM funnel WHERE measure = $measure ORDER BY place;
