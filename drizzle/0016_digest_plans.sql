CREATE TABLE `digest_plans` (
	`channel` text PRIMARY KEY NOT NULL,
	`is_on` integer NOT NULL,
	`weekday` integer NOT NULL,
	`at` text NOT NULL,
	`post_to` text NOT NULL,
	`revision` integer NOT NULL
);
