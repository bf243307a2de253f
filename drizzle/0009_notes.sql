ALTER TABLE `outbox` ADD `message` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `is_broadcast` integer DEFAULT false NOT NULL;