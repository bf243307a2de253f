CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`facts` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit` (`subject`);--> statement-breakpoint
CREATE TABLE `columns` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`model_id` integer NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`kind` text,
	`default` text,
	`state` text NOT NULL,
	`type` text,
	`reason` text,
	`position` integer NOT NULL,
	FOREIGN KEY (`model_id`) REFERENCES `models`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `columns_model_name` ON `columns` (`model_id`,`name`);--> statement-breakpoint
CREATE TABLE `detections` (
	`column_id` integer NOT NULL,
	`window_start_ms` integer NOT NULL,
	`segment` text NOT NULL,
	`statistic` text NOT NULL,
	`window_end_ms` integer NOT NULL,
	`window_key` text NOT NULL,
	`value` real,
	`rows` integer NOT NULL,
	`baseline` real,
	`lower` real,
	`upper` real,
	`score` real,
	`is_anomaly` integer NOT NULL,
	`rule` text,
	`detector` text NOT NULL,
	PRIMARY KEY(`column_id`, `window_start_ms`, `segment`, `statistic`),
	FOREIGN KEY (`column_id`) REFERENCES `columns`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `detectors` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`checksum` text NOT NULL,
	`manifest` text NOT NULL,
	`folder` text NOT NULL,
	`is_active` integer NOT NULL,
	`put_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `detectors_checksum_unique` ON `detectors` (`checksum`);--> statement-breakpoint
CREATE UNIQUE INDEX `detectors_one_active` ON `detectors` (`is_active`) WHERE is_active = 1;--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`model_id` integer NOT NULL,
	`start_ms` integer NOT NULL,
	`end_ms` integer NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`model_id`) REFERENCES `models`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_same` ON `events` (`model_id`,`start_ms`,`end_ms`,`kind`,`text`);--> statement-breakpoint
CREATE TABLE `findings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`report_id` integer NOT NULL,
	`position` integer NOT NULL,
	`segment` text NOT NULL,
	`column` text NOT NULL,
	`role` text NOT NULL,
	`statistic` text NOT NULL,
	`from_key` text NOT NULL,
	`from_start_ms` integer NOT NULL,
	`from_end_ms` integer NOT NULL,
	`to_key` text NOT NULL,
	`to_start_ms` integer NOT NULL,
	`to_end_ms` integer NOT NULL,
	`anomalies` text NOT NULL,
	`worst` text NOT NULL,
	`severity` real NOT NULL,
	`pattern` text NOT NULL,
	`rule` text NOT NULL,
	`merged_into` integer,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merged_into`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `findings_report_series_from` ON `findings` (`report_id`,`column`,`segment`,`statistic`,`from_start_ms`);--> statement-breakpoint
CREATE TABLE `interactions` (
	`key` text PRIMARY KEY NOT NULL,
	`claimed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `interactions_claimed_at` ON `interactions` (`claimed_at`);--> statement-breakpoint
CREATE TABLE `labels` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`model_id` integer NOT NULL,
	`segment` text NOT NULL,
	`column` text NOT NULL,
	`statistic` text NOT NULL,
	`from_ms` integer NOT NULL,
	`to_ms` integer NOT NULL,
	`verdict` text NOT NULL,
	`vote_id` integer,
	`by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`model_id`) REFERENCES `models`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`vote_id`) REFERENCES `votes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `labels_model` ON `labels` (`model_id`,`from_ms`);--> statement-breakpoint
CREATE TABLE `ledger` (
	`id` integer PRIMARY KEY NOT NULL,
	`column_id` integer NOT NULL,
	`window_start_ms` integer NOT NULL,
	`window_end_ms` integer NOT NULL,
	`window_key` text NOT NULL,
	`segment` text NOT NULL,
	`statistic` text NOT NULL,
	`filter` text NOT NULL,
	`is_kept` integer NOT NULL,
	`measure` real NOT NULL,
	`threshold` real NOT NULL,
	`baseline` real,
	`lower` real,
	`upper` real,
	FOREIGN KEY (`column_id`) REFERENCES `columns`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `ledger_column_window` ON `ledger` (`column_id`,`window_start_ms`);--> statement-breakpoint
CREATE TABLE `models` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slug` text NOT NULL,
	`source_location` text NOT NULL,
	`source_format` text,
	`time_column` text NOT NULL,
	`zone` text NOT NULL,
	`granularity` text NOT NULL,
	`score_column` text,
	`label_column` text,
	`segment_column` text,
	`features` text,
	`declared_kinds` text NOT NULL,
	`defaults` text NOT NULL,
	`owners` text NOT NULL,
	`channel` text NOT NULL,
	`group` text,
	`lateness_minutes` integer NOT NULL,
	`registered_at` integer NOT NULL,
	`registered_by` text NOT NULL,
	`retired_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `models_slug_unique` ON `models` (`slug`);--> statement-breakpoint
CREATE TABLE `mutes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`model_id` integer NOT NULL,
	`by` text NOT NULL,
	`start_ms` integer NOT NULL,
	`until_ms` integer NOT NULL,
	`reason` text,
	`ended_at` integer,
	FOREIGN KEY (`model_id`) REFERENCES `models`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `mutes_model` ON `mutes` (`model_id`,`until_ms`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`report_id` integer NOT NULL,
	`revision` integer NOT NULL,
	`text` text,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`not_before` integer NOT NULL,
	`last_error` text,
	`added_at` integer NOT NULL,
	`done_at` integer,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key_unique` ON `outbox` (`key`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`not_before`);--> statement-breakpoint
CREATE TABLE `reports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`model_id` integer NOT NULL,
	`state` text NOT NULL,
	`severity` text NOT NULL,
	`opened_key` text NOT NULL,
	`opened_start_ms` integer NOT NULL,
	`opened_end_ms` integer NOT NULL,
	`latest_key` text NOT NULL,
	`latest_start_ms` integer NOT NULL,
	`latest_end_ms` integer NOT NULL,
	`resolved_key` text,
	`resolved_start_ms` integer,
	`resolved_end_ms` integer,
	`resolved_by` text,
	`resolved_at` integer,
	`acknowledged_by` text,
	`acknowledged_at` integer,
	`revision` integer NOT NULL,
	`channel` text,
	`ts` text,
	`chart_file_id` text,
	`chart_alt_text` text,
	`chart_digest` text,
	FOREIGN KEY (`model_id`) REFERENCES `models`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reports_one_open` ON `reports` (`model_id`) WHERE state <> 'resolved';--> statement-breakpoint
CREATE UNIQUE INDEX `reports_posted` ON `reports` (`channel`,`ts`);--> statement-breakpoint
CREATE INDEX `reports_model` ON `reports` (`model_id`);--> statement-breakpoint
CREATE TABLE `runs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`job` text NOT NULL,
	`model_id` integer,
	`window_start_ms` integer,
	`subject` text NOT NULL,
	`started_at` integer NOT NULL,
	`lease_until` integer NOT NULL,
	`ended_at` integer,
	`outcome` text NOT NULL,
	`counts` text NOT NULL,
	`error` text,
	FOREIGN KEY (`model_id`) REFERENCES `models`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `runs_one_running` ON `runs` (`subject`) WHERE outcome = 'running';--> statement-breakpoint
CREATE INDEX `runs_job_model` ON `runs` (`job`,`model_id`,`window_start_ms`);--> statement-breakpoint
CREATE TABLE `statistics` (
	`column_id` integer NOT NULL,
	`window_start_ms` integer NOT NULL,
	`segment` text NOT NULL,
	`window_end_ms` integer NOT NULL,
	`window_key` text NOT NULL,
	`rows` integer NOT NULL,
	`mean` real,
	`standard_deviation` real,
	`minimum` real,
	`maximum` real,
	`q01` real,
	`q05` real,
	`q25` real,
	`q50` real,
	`q75` real,
	`q95` real,
	`q99` real,
	`coverage` real,
	`missing_rate` real,
	`non_finite_rate` real,
	`default_rate` real,
	`distinct_count` real,
	`entropy` real,
	`observed_expected_ratio` real,
	`traffic` real,
	`traffic_ratio` real,
	`valueless` text,
	`shares` text,
	`problems` text,
	PRIMARY KEY(`column_id`, `window_start_ms`, `segment`),
	FOREIGN KEY (`column_id`) REFERENCES `columns`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `votes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`report_id` integer NOT NULL,
	`finding_id` integer,
	`by` text NOT NULL,
	`verdict` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `votes_finding_by` ON `votes` (`report_id`,`finding_id`,`by`) WHERE finding_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `votes_report_by` ON `votes` (`report_id`,`by`) WHERE finding_id is null;