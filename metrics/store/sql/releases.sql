-- Which releases are held, and what did each restate?
SELECT dataset, published, approximate, retrieved, second_hand, rows, note, files, origins, report
FROM release
WHERE published <= $as_at
ORDER BY dataset, published;
