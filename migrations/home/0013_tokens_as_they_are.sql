-- Signed records are base64url of what is short already and of random bytes: compressing them is tried for each and never succeeds.

alter table records alter column token set storage external;
alter table received alter column presentation set storage external;
alter table outgoing alter column body set storage external;
