ALTER TABLE `series_marks` ADD `share_left` real;--> statement-breakpoint
ALTER TABLE `series_marks` ADD `last_held_ms` integer;--> statement-breakpoint
-- What a drop left is read from the finding that was voted on, as `departureOf` does: of what is counted from zero only, and
-- a twentieth at least.
UPDATE `series_marks`
SET `share_left` = (
	SELECT max(0.05, 1.0 * json_extract(`worst`, '$.value') / json_extract(`worst`, '$.forecast.baseline'))
	FROM `findings`
	WHERE `findings`.`id` = `series_marks`.`finding_id`
		AND `rule` IN ('band', 'slow_drift', 'common_mode', 'column_new', 'spelling_changed')
		AND json_extract(`worst`, '$.value') >= 0
		AND json_extract(`worst`, '$.value') < json_extract(`worst`, '$.forecast.baseline')
)
WHERE `kind` = 'quieted' AND `size` IS NOT NULL
	AND `statistic` NOT IN ('coverage', 'traffic_ratio', 'js_distance', 'psi', 'wasserstein')
	AND `statistic` NOT IN ('observed_expected_ratio', 'brier', 'auc', 'ndcg_at_10')
	AND `statistic` NOT LIKE '%\_rate' ESCAPE '\'
	AND `statistic` NOT LIKE '%\_share' ESCAPE '\'
	AND `statistic` NOT LIKE 'share[%';
--> statement-breakpoint
-- Until now a mark was renewed for 100 days from what it held last, and that was read from its end.
UPDATE `series_marks`
SET `last_held_ms` = `expires_at` - 8640000000
WHERE `kind` = 'quieted' AND `expires_at` - 8640000000 > `at`;
