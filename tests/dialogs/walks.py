"""Random walks through the conversation: what anybody might do next, wherever they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from bot.dialogs.events import Event, FileKind, FileRef, FileSent, Pressed, Resumed, Typed, Unsupported, UploadRead
from bot.dialogs.facts import AssessmentState, Proposal, ProposalState, Role, RoleKind
from bot.dialogs.screens import Choice, say
from bot.dialogs.session import (
    Adopt,
    AskFact,
    AskName,
    AskPlace,
    AwaitProposal,
    ChooseLanguage,
    ChooseTitle,
    ConfirmDelete,
    Desk,
    Node,
    Paused,
    PickDocument,
    PickQuestion,
    Question,
    ReadRules,
    Result,
    SheetPage,
    SubjectDraft,
    Summary,
)
from bot.i18n import translator
from bot.scoring.model import Derived, DerivedRule, Text
from tests.dialogs.people import standing, subject
from tests.support import golden
from tests.support.world import COMMUNE, MANY_HAMLETS, World
from tests.support.world import facts as facts_of

DAY = date(2026, 11, 20)
SETS = ("gia_dinh_mau", *(path.name for path in sorted((golden.ROOT / "sets").glob("*.toml"))))
IDS = tuple(i.id for i in golden.set_named("gia_dinh_mau").indicators)

REGISTERING: tuple[Node, ...] = (
    AskName(),
    AskPlace(),
    AskPlace("thon", 1),
    AskFact("adults"),
    AskFact("school_age_children"),
    ChooseLanguage(AskPlace("dong")),
)

WORDS = (
    "có không ko chưa rồi 0 1 2 3 12 99 -1 2,5 2/3 3/2 0/0 hai|hai trên ba|tất cả|không ai|một nửa|để sau|quay lại|"
    "vì sao|giúp với|tạm dừng|tiếp tục|thôi|hủy|tóm tắt|nộp|sửa câu 3|câu 12|sửa câu 99|số 2|cái cuối|đầu tiên|"
    "Bà Tư|Thôn 1|dong|thon|xem thêm|giữ|ngôn ngữ|english|xóa dữ liệu|Xóa hết|liên kết|đồng ý|không đồng ý|"
    "khxm 26|KHXM25|k7qm 2xpa|rút lại để sửa|90/112 vì có hộ mới đến|1/0 vì không có ai cả đâu|bắt đầu|trang sau|"
    "/tieuchi|/tieuchi tủ sách|/danhhieu|/phieu|/desk|/start CBXM26|12/QĐ-UBND|hôm nay|1/12/2026|31/2/2026|2025|"
    "/start|/start KHXM26|/start KHXM24|/help|/why|/back|/later|/pause|/continue|/cancel|/summary|/submit|/privacy|"
    "/mydata|/delete|/language|/link|/link K7QM2XPA|/link AAAAAAAA|/x|/|?|😀|ạ|\u200b|\u0301|x%s|%(x)s|{0}"
)
TEXTS: st.SearchStrategy[str] = st.one_of(
    st.sampled_from([word for part in WORDS.split("|") for word in (part, *part.split())]),
    st.integers(-3, 40).map(str),
    st.text(max_size=30),
    st.text(min_size=990, max_size=1100),
)
WORKBOOK = FileRef("ref", FileKind.DOCUMENT, 9000, "", "Gia đình.xlsx")
FILES = st.just(WORKBOOK) | st.builds(
    FileRef,
    st.sampled_from(("", "ref")),
    st.sampled_from(FileKind),
    st.sampled_from((0, 1000, 30_000_000)),
    st.sampled_from(("image/jpeg", "application/pdf", "text/html", "")),
)
KINDS = st.sampled_from(("sticker", "voice", "video", "location", "contact", "other", "poll", ""))
REASONS = st.sampled_from(("outage", "joined", "failed", "taken_up"))
CHOICE_IDS = st.one_of(
    st.sampled_from(
        "agree decline yes no n-0 n-1 n-99 h-1 h-2 h-x o-chua o-x more first keep q-1 q-99 submit change household "
        "continue why help back later pause cancel summary language privacy link start l-en l-vi l-x delete-all sheet "
        "k-household k-citizen k-unit k-commune g- g-tinh y-2026 y-2023 y-1 a-1 a-9 rules titles sheets desk "
        "assess family w-2 s-1 adopt adopt-now today tomorrow marked document take_back card pdf docx next previous "
        "accept".split()
    ),
    st.text(max_size=10),
)

HAPPENS: tuple[Callable[[World], None], ...] = (
    World.start_next_year,
    World.take_another_phone,
    lambda world: world.wait(20),
    lambda world: _review(world, AssessmentState.RETURNED),
    lambda world: _review(world, AssessmentState.CONFIRMED),
    lambda world: _review(world, AssessmentState.NOT_RECOGNISED),
)


def _review(world: World, state: AssessmentState) -> None:
    if world.facts.assessment is not None and not world.facts.assessment.is_open:
        world.review(state)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Somebody who has just arrived under any set, who registers, or who stands anywhere in the family's sheet."""
    match draw(st.sampled_from(("fresh", "registering", "officer", "standing", "standing"))):
        case "officer":
            return officer(draw(st.sampled_from(OFFICERS_AT)), draw(st.sampled_from(PROPOSALS)))
        case "fresh":
            return fresh(draw(st.sampled_from(SETS)))
        case "registering":
            return registering(draw(st.sampled_from(REGISTERING)), is_editing=draw(st.booleans()))
        case _:
            return draw(standing_worlds())


@st.composite
def standing_worlds(draw: st.DrawFn) -> World:
    """Somebody who stands anywhere in the family's sheet."""
    state = draw(st.sampled_from((AssessmentState.DRAFT, AssessmentState.HANDED_IN)))
    of = subject(draw(st.integers(1, 12)), draw(st.integers(0, 3)))
    nodes: list[Node] = [Result(), SheetPage(draw(st.integers(0, 3))), PickDocument(Result())]
    if state is AssessmentState.DRAFT:
        asked = Question(draw(st.sampled_from(IDS)), from_summary=draw(st.booleans()))
        nodes = [asked, Summary(), PickQuestion(), Paused(Summary())]
    node: Node = draw(st.sampled_from(nodes))
    aside = draw(st.sampled_from((None, ChooseLanguage, ConfirmDelete, Paused)))
    open_ids = draw(st.lists(st.sampled_from(IDS), unique=True).map(tuple)) if state is AssessmentState.DRAFT else ()
    return standing(aside(node) if aside and not isinstance(node, Paused) else node, of, open_ids=open_ids, state=state)


def fresh(set_name: str = "gia_dinh_mau") -> World:
    """Somebody who has just arrived."""
    criteria = golden.set_named(set_name)
    world = World(facts_of(criteria), places=MANY_HAMLETS)
    computed = [i.id for i in criteria.indicators if isinstance(i.rule, DerivedRule)]
    world.derived = {i: Derived(0, 0, DAY) if n % 2 else Derived(3, 4, DAY) for n, i in enumerate(computed)}
    return world


def registering(node: Node, *, is_editing: bool = False) -> World:
    """Somebody who agreed and registers, or corrects the household."""
    world = fresh()
    known = standing()
    family = known.facts.subject
    draft = (
        SubjectDraft(name=family.name, place_id=family.place.id, told={**family.told, "school_age_children": 0})
        if family and is_editing
        else SubjectDraft()
    )
    world.session = replace(known.session, node=node, draft=draft, is_editing=is_editing)
    world.facts = known.facts if is_editing else replace(world.facts, consent=known.facts.consent)
    return world


def officer(node: Node, proposal: Proposal | None = None) -> World:
    """An officer of the commune, with or without a family of their own at hand, who may have sent a workbook in."""
    world = standing() if isinstance(node, Question) else registering(node)
    role = Role(RoleKind.OFFICER, COMMUNE)
    world.facts = replace(world.facts, roles=(role,))
    world.proposal = proposal
    return world


PROPOSALS = (
    None,
    Proposal(1, ProposalState.READING),
    Proposal(1, ProposalState.REFUSED, problems=(say("adopt.send_again"),)),
    Proposal(1, ProposalState.UNSOUND, problems=(say("adopt.send_again"),) * 9, problem_count=12),
    Proposal(1, ProposalState.SOUND, COMMUNE, Text("Gia đình học tập"), changes=(say("adopt.from", day=DAY),)),
    Proposal(1, ProposalState.SOUND, COMMUNE, Text("Gia đình học tập"), valid_until=DAY, changes=(say("adopt.now"),)),
    Proposal(
        1, ProposalState.SOUND, COMMUNE, Text("Cộng đồng học tập"), changes=(say("adopt.now"),),
        valid_from=date(2015, 1, 25), valid_until=date(2024, 2, 11), is_past=True,
    ),
    Proposal(1, ProposalState.SOUND, COMMUNE, Text("Gia đình học tập")),
    Proposal(1, ProposalState.ADOPTED, COMMUNE, Text("Gia đình học tập")),
)  # fmt: skip
OFFICERS_AT: tuple[Node, ...] = (
    Desk(),
    ChooseTitle(Desk()),
    ReadRules(Desk(), "gia_dinh_mau", "1"),
    AwaitProposal(1, Desk()),
    Adopt(1, Desk()),
    Adopt(1, Desk(), is_confirmed=True),
    Adopt(1, Desk(), is_confirmed=True, number="12/QĐ-UBND"),
    Adopt(1, Desk(), is_confirmed=True, number="12/QĐ-UBND", decided_on=DAY),
    Adopt(1, Desk(), is_confirmed=True, number="12/QĐ-UBND", decided_on=DAY, valid_from=date(2026, 12, 1)),
    Question("dieu_kien_goc_hoc"),
)


def offered(world: World) -> Sequence[Choice]:
    """What can be tapped now."""
    return () if world.screen is None else world.screen.choices + world.screen.navigation


@st.composite
def events(draw: st.DrawFn, world: World) -> Event:
    """What the person might do next: mostly what the screen offers, sometimes anything."""
    now = world.session.revision
    choices = offered(world)
    seen = draw(st.sampled_from((now, now, now, now, None, now - 1, 0, now + 1)))
    label = translator(world.session.locale).say
    kinds = ["press", "press", "press", "text", "text", "label", "stray", "file", "other", "resumed"]
    match draw(st.sampled_from(kinds)):
        case "press" if choices:
            return Pressed(draw(st.sampled_from(choices)).id, now if seen is None else seen)
        case "label" if choices:
            return Typed(label(draw(st.sampled_from(choices)).label), seen)
        case "stray":
            return Pressed(draw(CHOICE_IDS), now if seen is None else seen)
        case "file":
            return FileSent(draw(FILES), seen=seen)
        case "other":
            return Unsupported(draw(KINDS), seen)
        case "resumed":
            return draw(st.builds(Resumed, REASONS) | st.just(UploadRead(1)))
        case _:
            return Typed(draw(TEXTS), seen)
