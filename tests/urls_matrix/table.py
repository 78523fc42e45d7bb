"""Who may ask for which address: one row at least for every address of the URLconf.

To add an address, add a row: its name, who gets what, the arguments of something that exists, and the arguments of
things that do not. What has to exist is built in `world.py`.
"""

from datetime import date
from typing import Final

from tests.urls_matrix import brought, budget, desk, held_back, minutes, ofsted, openings, reading, subscribing, whole
from tests.urls_matrix.people import NOBODY, AnyPasskey, PersonOf, ResetKey, ResetNumber, RoleOf
from tests.urls_matrix.rows import BEGIN, ELSEWHERE, Row, everybody, only, signed_in
from tests.urls_matrix.tracker import DRAFT as DRAFT_UPDATE
from tests.urls_matrix.tracker import MEASURE, OWNER, ROUND, SMALL_COUNT, VERSION, WAITING
from torbay_reports.access.roles import Role

MEETING: Final = {"committee": "overview-and-scrutiny-board", "held_on": date(2017, 9, 6)}
NO_MEETING: Final = (
    {**MEETING, "committee": "no-such-board"},
    {**MEETING, "held_on": date(2017, 9, 7)},
)
EDITION: Final = {**MEETING, "edition": "public"}
RESTRICTED_EDITION: Final = {**MEETING, "edition": "restricted"}
NO_EDITION: Final = (*({**EDITION, **each} for each in NO_MEETING), {**EDITION, "edition": "no-such-edition"})
PAPER: Final = {**MEETING, "item": "5", "paper": "revenue-budget-monitoring"}
NO_PAPER: Final = (
    {**PAPER, "committee": "no-such-board"},
    {**PAPER, "held_on": date(2017, 9, 7)},
    {**PAPER, "item": "4"},
    {**PAPER, "paper": "no-such-paper"},
    {**PAPER, **brought.TO_FOLLOW},
)
UPLOAD: Final = {**MEETING, **brought.TO_FOLLOW}
NO_UPLOAD: Final = (
    {**UPLOAD, "committee": "no-such-board"},
    {**UPLOAD, "held_on": date(2017, 9, 7)},
    {**UPLOAD, "item": "4"},
    {**UPLOAD, "paper": "no-such-paper"},
)
FILE: Final = {**MEETING, **brought.REFUSED}
NO_FILE: Final = (
    {**FILE, "committee": "no-such-board"},
    {**FILE, "paper": "no-such-paper"},
    {**FILE, **brought.WAITING},
    {**FILE, "number": NOBODY},
)
WARNING: Final = {**MEETING, **brought.WAITING, **brought.WARNING}
NO_WARNING: Final = (
    {**WARNING, "committee": "no-such-board"},
    {**WARNING, "paper": "no-such-paper"},
    *({**WARNING, **each} for each in brought.NO_WARNINGS),
)
HELD_BACK: Final = {**MEETING, **held_back.HELD_BACK}
NOT_HELD_BACK: Final = (*({**each, "paper": "held-back"} for each in NO_UPLOAD[:3]), NO_UPLOAD[3], PAPER)
ADMITTED: Final = {**MEETING, **held_back.ADMITTED}
NOT_ADMITTED: Final = (*({**ADMITTED, **each} for each in NOT_HELD_BACK), {**ADMITTED, "number": NOBODY})
TABLE_OF_PAPER: Final = {**PAPER, "table": "budget-table"}
DRAFT: Final = {"year": "2017-18", "number": 1}

READERS_OF_DRAFTS: Final = (Role.FINANCE_OFFICER, Role.HEAD_OF_FINANCE, Role.BUDGET_HOLDER)
READERS_OF_THE_RECORD: Final = (Role.ADMINISTRATOR, Role.MONITORING_OFFICER)
KEEPERS_OF_PAPERS: Final = (Role.CLERK,)
READERS_OF_EXEMPT_PAPERS: Final = (Role.CLERK, Role.MONITORING_OFFICER, Role.MEMBER)
READERS_BEFORE_PUBLICATION: Final = (Role.CLERK, Role.MONITORING_OFFICER)
GIVERS_OF_GROUNDS: Final = (Role.CLERK, Role.MONITORING_OFFICER)
DECIDERS: Final = (Role.MONITORING_OFFICER,)
BUILDERS_OF_PACKS: Final = (Role.CLERK,)
WITHDRAWERS: Final = (Role.CLERK, Role.MONITORING_OFFICER)

ADMINISTRATORS: Final = (Role.ADMINISTRATOR,)
COMMITTEE: Final = {"committee": "overview-and-scrutiny-board"}
NO_COMMITTEE: Final = ({"committee": "no-such-board"},)
PERSON: Final = {"person": PersonOf(Role.BUDGET_HOLDER)}
NO_PERSON: Final = ({"person": NOBODY},)
HELD: Final = {**PERSON, "role": RoleOf(Role.BUDGET_HOLDER)}
NOT_HELD: Final = ({**HELD, "person": NOBODY}, {**HELD, "role": NOBODY}, {**HELD, "role": RoleOf(Role.CLERK)})

RESET_LINK: Final = {"uidb36": ResetNumber(), "key": ResetKey()}
DEAD_RESET_LINKS: Final = ({**RESET_LINK, "key": "no-such-key"}, {**RESET_LINK, "uidb36": "zzzzz"})
DEAD_INVITATION: Final = {"secret": "no-such-secret"}
PASSKEY: Final = {"pk": AnyPasskey()}
NO_PASSKEY: Final = ({"pk": NOBODY},)

KEEPERS_OF_PLANS: Final = (Role.IMPROVEMENT_LEAD,)
READERS_OF_PLANS: Final = (Role.IMPROVEMENT_LEAD, Role.ACTION_OWNER, Role.MONITORING_OFFICER)
WRITERS_ON_STEPS: Final = (Role.IMPROVEMENT_LEAD, Role.ACTION_OWNER)
PLAN: Final = {"slug": "childrens-services"}
NO_PLAN: Final = ({"slug": "no-such-plan"},)
STEP_OF_OTHERS: Final = {**PLAN, "action": "9.1", "number": 1}
NO_STEP: Final = (
    {**STEP_OF_OTHERS, "slug": "no-such-plan"},
    {**STEP_OF_OTHERS, "action": "9.9"},
    {**STEP_OF_OTHERS, "number": 99},
)


def of_plan(pk: object) -> dict[str, object]:
    """Something of the plan by its number."""
    return {**PLAN, "pk": pk}


def not_of_plan(pk: object) -> tuple[dict[str, object], ...]:
    """The same number in no plan, and no such number."""
    return {**of_plan(pk), "slug": "no-such-plan"}, of_plan(NOBODY)


TABLE: Final[tuple[Row, ...]] = (
    Row("account_login", signed_in(ELSEWHERE, anonymous=200)),
    Row("account_logout", everybody(405)),
    Row("account_logout", everybody(ELSEWHERE), method="POST"),
    Row("account_inactive", everybody(200)),
    Row("account_reauthenticate", signed_in(200)),
    Row("account_change_password", signed_in(200)),
    Row("account_set_password", signed_in(ELSEWHERE)),
    Row("account_reset_password", everybody(200)),
    Row("account_reset_password_done", everybody(200)),
    Row("account_reset_password_from_key_done", everybody(200)),
    Row("account_reset_password_from_key", everybody(ELSEWHERE), RESET_LINK, DEAD_RESET_LINKS, dead=everybody(200)),
    Row("mfa_authenticate", signed_in(ELSEWHERE, anonymous=BEGIN)),
    Row("mfa_reauthenticate", signed_in(ELSEWHERE)),
    Row("mfa_login_webauthn", signed_in(ELSEWHERE, anonymous=BEGIN)),
    Row("mfa_reauthenticate_webauthn", signed_in(ELSEWHERE)),
    Row("mfa_index", signed_in(200)),
    Row("mfa_activate_totp", signed_in(200)),
    Row("mfa_deactivate_totp", signed_in(404)),
    Row("mfa_view_recovery_codes", signed_in(404)),
    Row("mfa_generate_recovery_codes", signed_in(200)),
    Row("mfa_download_recovery_codes", signed_in(404)),
    Row("mfa_list_webauthn", signed_in(200)),
    Row("mfa_add_webauthn", signed_in(200)),
    Row("mfa_edit_webauthn", signed_in(404), PASSKEY, NO_PASSKEY),
    Row("mfa_remove_webauthn", signed_in(404), PASSKEY, NO_PASSKEY),
    Row("mfa_remove_webauthn", signed_in(404), PASSKEY, NO_PASSKEY, method="POST"),
    Row("usersessions_list", signed_in(200)),
    Row("usersessions_list", signed_in(404), method="POST"),
    Row("socialaccount_connections", signed_in(200)),
    Row("socialaccount_login_cancelled", everybody(200)),
    Row("socialaccount_login_error", signed_in(401)),
    Row("council-account-again", signed_in(404)),
    Row("openid_connect_login", signed_in(404), {"provider_id": "council"}, ({"provider_id": "other"},)),
    Row("openid_connect_callback", signed_in(404), {"provider_id": "council"}, ({"provider_id": "other"},)),
    Row("access:me", signed_in(200)),
    Row("access:record", only(READERS_OF_THE_RECORD)),
    Row("access:record", only(READERS_OF_THE_RECORD), query="since=never&page=x"),
    Row("access:record", only(READERS_OF_THE_RECORD), query="as=csv"),
    Row("access:invitation", everybody(410), DEAD_INVITATION, (DEAD_INVITATION,), dead=everybody(410)),
    Row("access:people", only(ADMINISTRATORS)),
    Row("access:people", only(ADMINISTRATORS), query="on=never&page=x"),
    Row("access:people", only(ADMINISTRATORS), query="as=csv"),
    Row("access:people-invite", only(ADMINISTRATORS)),
    Row("access:committees", only(ADMINISTRATORS)),
    Row("access:committee", only(ADMINISTRATORS), COMMITTEE, NO_COMMITTEE),
    Row("access:seat-add", only(ADMINISTRATORS), COMMITTEE, NO_COMMITTEE),
    Row("access:seats-end", only(ADMINISTRATORS), COMMITTEE, NO_COMMITTEE),
    Row("access:person", only(ADMINISTRATORS), PERSON, NO_PERSON),
    Row("access:person-may", only(ADMINISTRATORS), PERSON, NO_PERSON),
    Row("access:person-change", only(ADMINISTRATORS), PERSON, NO_PERSON),
    Row("access:person-close", only(ADMINISTRATORS), PERSON, NO_PERSON),
    Row("access:person-reopen", only(ADMINISTRATORS), PERSON, NO_PERSON),
    Row("access:person-second-factor", only(ADMINISTRATORS), PERSON, NO_PERSON),
    Row("access:invitation-send", only(ADMINISTRATORS), PERSON, NO_PERSON),
    Row("access:invitation-withdraw", only(ADMINISTRATORS), PERSON, NO_PERSON),
    Row("access:hand-over", only(ADMINISTRATORS), PERSON, NO_PERSON),
    Row("access:role-give", only(ADMINISTRATORS), PERSON, NO_PERSON),
    Row("access:role-end", only(ADMINISTRATORS), HELD, NOT_HELD),
    Row("access:role-take-back", only(ADMINISTRATORS), HELD, NOT_HELD),
    Row("agenda:home", everybody(200)),
    Row("agenda:meetings", everybody(200)),
    Row("agenda:meeting", everybody(200), MEETING, NO_MEETING),
    Row("agenda:pack", everybody(200), MEETING, NO_MEETING),
    Row("agenda:pack-pdf", everybody(200), MEETING, NO_MEETING),
    Row("agenda:restricted-pack-pdf", only(READERS_OF_EXEMPT_PAPERS), MEETING, NO_MEETING),
    Row("agenda:build", only(BUILDERS_OF_PACKS), MEETING, NO_MEETING),
    Row("agenda:build", only((), 404), MEETING, NO_MEETING, method="POST"),
    Row("agenda:build-progress", only(BUILDERS_OF_PACKS), MEETING, NO_MEETING),
    Row("agenda:built-pack", only(READERS_BEFORE_PUBLICATION), EDITION, NO_EDITION),
    Row("agenda:built-pack", only(READERS_BEFORE_PUBLICATION), RESTRICTED_EDITION, NO_EDITION),
    Row("agenda:publish", only(BUILDERS_OF_PACKS), EDITION, NO_EDITION),
    Row("agenda:publish", only(BUILDERS_OF_PACKS), RESTRICTED_EDITION, NO_EDITION),
    Row("agenda:publish", only(BUILDERS_OF_PACKS), EDITION, NO_EDITION, method="POST"),
    Row("agenda:paper", everybody(200), PAPER, NO_PAPER),
    Row("agenda:paper", everybody(200), {**MEETING, **brought.OUT}, NO_PAPER),
    Row("agenda:paper", everybody(410), {**MEETING, **brought.WITHDRAWN}, NO_PAPER),
    Row("agenda:paper", only(READERS_BEFORE_PUBLICATION), {**MEETING, **brought.WAITING}, NO_PAPER),
    Row("agenda:paper-upload", only(KEEPERS_OF_PAPERS), UPLOAD, NO_UPLOAD),
    Row("agenda:paper-upload", only(KEEPERS_OF_PAPERS), UPLOAD, NO_UPLOAD, method="POST"),
    Row("agenda:paper-upload", only(KEEPERS_OF_PAPERS), {**MEETING, **brought.OUT}, NO_UPLOAD),
    Row("agenda:brought-file", only(KEEPERS_OF_PAPERS), FILE, NO_FILE),
    Row("agenda:paper-file", only(GIVERS_OF_GROUNDS), {**MEETING, **brought.WAITING}, NO_UPLOAD),
    Row("agenda:paper-open", only(GIVERS_OF_GROUNDS), {**MEETING, **brought.WAITING}, NO_UPLOAD),
    Row("agenda:warning-pass", only(KEEPERS_OF_PAPERS), WARNING, NO_WARNING),
    Row("agenda:paper-withdraw", only(WITHDRAWERS), PAPER, NO_PAPER[:4]),
    Row("agenda:paper-withdraw", only(WITHDRAWERS), PAPER, NO_PAPER[:4], method="POST"),
    Row("agenda:reviews", only(GIVERS_OF_GROUNDS)),
    Row("agenda:paper-grounds", only(GIVERS_OF_GROUNDS), HELD_BACK, NOT_HELD_BACK),
    Row("agenda:paper-grounds", only(GIVERS_OF_GROUNDS), HELD_BACK, NOT_HELD_BACK, method="POST"),
    Row("agenda:paper-readers", only(GIVERS_OF_GROUNDS), HELD_BACK, NOT_HELD_BACK),
    Row("agenda:councillors-decide", only(DECIDERS), HELD_BACK, NOT_HELD_BACK),
    Row("agenda:reader-admit", only(DECIDERS), HELD_BACK, NOT_HELD_BACK),
    Row("agenda:reader-end", only(DECIDERS), ADMITTED, NOT_ADMITTED),
    Row("agenda:words-clear", only(DECIDERS), HELD_BACK, NOT_HELD_BACK),
    Row("agenda:paper-review", only(DECIDERS), HELD_BACK, NOT_HELD_BACK),
    Row("agenda:paper-release", only(DECIDERS), HELD_BACK, NOT_HELD_BACK),
    Row(
        "agenda:paper-table",
        everybody(200),
        TABLE_OF_PAPER,
        ({**TABLE_OF_PAPER, "paper": "no-such-paper"}, {**TABLE_OF_PAPER, "table": "no-such-table"}),
    ),
    Row("budget:quarters", only(READERS_OF_DRAFTS)),
    Row("budget:draft", only(READERS_OF_DRAFTS), DRAFT, ({**DRAFT, "year": "2030-31"}, {**DRAFT, "number": 4})),
    Row("improvement:plans", only(READERS_OF_PLANS)),
    Row("improvement:own", only(READERS_OF_PLANS)),
    Row("improvement:plan", only(READERS_OF_PLANS), PLAN, NO_PLAN),
    Row(
        "improvement:plan",
        only(READERS_OF_PLANS),
        PLAN,
        NO_PLAN,
        query="words=visits&place=x&as-at=never&page=x&sort=x",
    ),
    Row("improvement:plan-charts", only(READERS_OF_PLANS), PLAN, NO_PLAN),
    Row("improvement:plan-file", only(READERS_OF_PLANS), PLAN, NO_PLAN, query="as=csv&status=open"),
    Row("improvement:plan-file", only(READERS_OF_PLANS), PLAN, NO_PLAN, query="as=xlsx"),
    Row("improvement:plan-changes", only(READERS_OF_PLANS), PLAN, NO_PLAN),
    Row("improvement:draft-paper", only(READERS_OF_PLANS), PLAN, NO_PLAN),
    Row(
        "improvement:flagged",
        only(READERS_OF_PLANS),
        {**PLAN, "flag": "overdue"},
        ({**PLAN, "flag": "no-such-list"}, {"slug": "no-such-plan", "flag": "overdue"}),
    ),
    Row("improvement:step", only(READERS_OF_PLANS), STEP_OF_OTHERS, NO_STEP),
    Row("improvement:import", only(KEEPERS_OF_PLANS)),
    Row("improvement:import", only(KEEPERS_OF_PLANS), PLAN, NO_PLAN),
    Row("improvement:import-preview", only(KEEPERS_OF_PLANS), {"pk": WAITING}, ({"pk": NOBODY},)),
    Row("improvement:versions", only(KEEPERS_OF_PLANS), PLAN, NO_PLAN),
    Row("improvement:version", only(KEEPERS_OF_PLANS), of_plan(VERSION), not_of_plan(VERSION)),
    Row("improvement:step-update", only(KEEPERS_OF_PLANS), STEP_OF_OTHERS, NO_STEP),
    Row("improvement:step-change", only(KEEPERS_OF_PLANS), STEP_OF_OTHERS, NO_STEP),
    Row("improvement:step-drop", only(KEEPERS_OF_PLANS), STEP_OF_OTHERS, NO_STEP),
    Row("improvement:measure-add", only(KEEPERS_OF_PLANS), STEP_OF_OTHERS, NO_STEP),
    Row(
        "improvement:step-add",
        only(KEEPERS_OF_PLANS),
        {**PLAN, "action": "1.1"},
        ({**PLAN, "action": "9.9"}, {"slug": "no-such-plan", "action": "1.1"}),
    ),
    Row("improvement:measure", only(KEEPERS_OF_PLANS), of_plan(MEASURE), not_of_plan(MEASURE)),
    Row("improvement:reading-add", only(KEEPERS_OF_PLANS), of_plan(MEASURE), not_of_plan(MEASURE)),
    Row("improvement:waiting-updates", only(KEEPERS_OF_PLANS), PLAN, NO_PLAN),
    Row("improvement:update-decide", only(KEEPERS_OF_PLANS), of_plan(DRAFT_UPDATE), not_of_plan(DRAFT_UPDATE)),
    Row("improvement:answer", only(WRITERS_ON_STEPS), PLAN, NO_PLAN),
    Row("improvement:owners", only(KEEPERS_OF_PLANS), PLAN, NO_PLAN),
    Row("improvement:owner-add", only(KEEPERS_OF_PLANS), PLAN, NO_PLAN),
    Row("improvement:owner-people", only(KEEPERS_OF_PLANS), of_plan(OWNER), not_of_plan(OWNER)),
    Row("improvement:ask", only(KEEPERS_OF_PLANS), PLAN, NO_PLAN),
    Row("improvement:rounds", only(KEEPERS_OF_PLANS), PLAN, NO_PLAN),
    Row("improvement:round", only(KEEPERS_OF_PLANS), of_plan(ROUND), not_of_plan(ROUND)),
    Row("improvement:commentary", only(KEEPERS_OF_PLANS), PLAN, NO_PLAN),
    Row("improvement:small-counts", only(KEEPERS_OF_PLANS), PLAN, NO_PLAN),
    Row(
        "improvement:small-count",
        only(KEEPERS_OF_PLANS),
        {**PLAN, "key": SMALL_COUNT},
        ({**PLAN, "key": "0" * 16}, {"slug": "no-such-plan", "key": "0" * 16}),
    ),
    *budget.ROWS,
    *whole.ROWS,
    *reading.ROWS,
    *desk.ROWS,
    *openings.ROWS,
    *minutes.ROWS,
    *subscribing.ROWS,
    *ofsted.ROWS,
    Row("publishing:verifications", only((Role.MONITORING_OFFICER,))),
    Row("core:accessibility", everybody(200)),
    Row("core:cookies", everybody(200)),
    Row("core:privacy", everybody(200)),
)
