ALTER TABLE `reports` ADD `judged_key` text;--> statement-breakpoint
ALTER TABLE `reports` ADD `judged_start_ms` integer;--> statement-breakpoint
ALTER TABLE `reports` ADD `judged_end_ms` integer;--> statement-breakpoint
ALTER TABLE `reports` ADD `out_series` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `reports` ADD `peak_series` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `reports` ADD `peak_severity` real DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `reports` ADD `peak_word` text DEFAULT 'notable' NOT NULL;--> statement-breakpoint
ALTER TABLE `reports` ADD `told_series` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `reports` ADD `told_severity` real DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `reports` ADD `told_word` text DEFAULT 'notable' NOT NULL;--> statement-breakpoint
ALTER TABLE `reports` ADD `normal_asked_ms` integer;--> statement-breakpoint
ALTER TABLE `reports` ADD `ending` text;--> statement-breakpoint
ALTER TABLE `outbox` DROP COLUMN `text`;