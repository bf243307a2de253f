ALTER TABLE `models` ADD `quiet_hours` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `held_at` integer;