PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`report_id` integer,
	`revision` integer NOT NULL,
	`channel` text,
	`message` text,
	`is_broadcast` integer DEFAULT false NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`not_before` integer NOT NULL,
	`begun_at` integer,
	`last_error` text,
	`added_at` integer NOT NULL,
	`done_at` integer,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_outbox`("id", "key", "kind", "report_id", "revision", "channel", "message", "is_broadcast", "state", "attempts", "not_before", "begun_at", "last_error", "added_at", "done_at") SELECT "id", "key", "kind", "report_id", "revision", "channel", "message", "is_broadcast", "state", "attempts", "not_before", "begun_at", "last_error", "added_at", "done_at" FROM `outbox`;--> statement-breakpoint
DROP TABLE `outbox`;--> statement-breakpoint
ALTER TABLE `__new_outbox` RENAME TO `outbox`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key_unique` ON `outbox` (`key`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`not_before`);