-- Where pages of bundles end. A peer that has taken in any of them is at one of these places, so the next bundle has a page that
-- begins there. With each bundle stand those that it was the first to have.
alter table bundles_out add column ends bigint[] not null default '{}';
