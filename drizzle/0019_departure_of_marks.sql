-- Quiet patterns from before had how far they go in widths of the band; now it is the departure from the baseline, in the
-- unit of the statistic. It is read from the finding that was voted on: an outage goes further than any value. The same for
-- what the ledger kept of them, by the band that stands beside it. drizzle writes no such change of rows, hence by hand.
UPDATE `series_marks`
SET `size` = (
	SELECT CASE
		WHEN `rule` IN ('band', 'slow_drift', 'common_mode', 'column_new', 'spelling_changed')
		THEN coalesce(abs(json_extract(`worst`, '$.value') - json_extract(`worst`, '$.forecast.baseline')), 0)
		ELSE 1.7976931348623157e308
	END
	FROM `findings`
	WHERE `findings`.`id` = `series_marks`.`finding_id`
)
WHERE `kind` = 'quieted' AND `size` IS NOT NULL
	AND EXISTS (SELECT 1 FROM `findings` WHERE `findings`.`id` = `series_marks`.`finding_id`);
--> statement-breakpoint
UPDATE `ledger`
SET `measure` = `measure` * (`upper` - `lower`), `threshold` = `threshold` * (`upper` - `lower`)
WHERE `filter` = 'quieted' AND `upper` > `lower`;
