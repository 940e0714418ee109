-- Signed records are base64url of what is short already and of random bytes: compressing them is tried for each and never succeeds.

alter table presentations alter column body set storage external;
alter table editions alter column token set storage external;
alter table relayed alter column body set storage external;
alter table landing alter column body set storage external;
