CREATE TABLE `report_replies` (
	`report_id` integer NOT NULL,
	`slot` text NOT NULL,
	`ts` text NOT NULL,
	`digest` text NOT NULL,
	PRIMARY KEY(`report_id`, `slot`),
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `outbox` ADD `channel` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `begun_at` integer;