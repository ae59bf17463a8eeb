"""Two tables made by hand: one with every shape, one with several entities and every kind of index."""

from __future__ import annotations

from kxmodel import ir
from kxmodel.ir import Attribute, Scalar
from kxmodel.keys import parse, parse_condition


def _a(name: str, shape: ir.Shape, **more: object) -> Attribute:
    return Attribute(name, str(more.pop("python", name)), shape, **more)  # type: ignore[arg-type]


TEXT = Scalar("text")

GALLERY = ir.Table(
    name="gallery-v2",
    source="schemas/gallery.json",
    title="Gallery",
    description="One entity with an attribute of every shape.\n\n- a list\n- of two items",
    hash=ir.KeyAttribute("pk"),
    range=ir.KeyAttribute("id"),
    tenant="tenant",
    indexes=(
        ir.Index(
            "by-size",
            "by_size",
            (ir.KeyAttribute("tenant"), ir.KeyAttribute("kind")),
            (ir.KeyAttribute("size", "N"), ir.KeyAttribute("made")),
            projection="INCLUDE",
            include=("title",),
            purpose="The largest first",
            tenant_isolation="filter",
        ),
        ir.Index(
            "LSI",
            "lsi",
            (ir.KeyAttribute("pk"),),
            (ir.KeyAttribute("made"),),
            projection="KEYS_ONLY",
            local=True,
            tenant_isolation="none",
        ),
    ),
    structures=(
        ir.Structure(
            "Tree",
            (
                _a("label", TEXT, required=True),
                _a("children", ir.ListOf(ir.MapOf("Tree"))),
                _a("by_name", ir.DictOf(ir.MapOf("Tree"))),
                _a("parent", ir.MapOf("Tree"), description="The tree that it hangs on."),
                _a("leaf", ir.MapOf("Leaf"), required=True),
            ),
            "A tree, which is made of trees.",
        ),
        ir.Structure("Leaf", (_a("list", ir.ListOf(TEXT)), _a("str", TEXT), _a("n", TEXT))),
        ir.Structure("Meta", (), "A structure whose name hides in every model."),
    ),
    entities=(
        ir.Entity(
            name="Picture",
            description='A picture: "quoted", with a \\ and """three quotes"""',
            user_class="app.models:Picture",
            keys={"pk": parse("${tenant}#${kind}"), "id": parse("${id}")},
            indexes=(
                ir.IndexKeys(
                    "by-size",
                    {name: parse(f"${{{name}}}") for name in ("tenant", "kind", "size", "made")},
                    parse_condition({"hidden": {"equals": False}, "kind": {"in": ["oil", "ink"]}}),
                ),
                ir.IndexKeys("LSI", {"pk": parse("${tenant}#${kind}"), "made": parse("${made}")}),
            ),
            attributes=(
                _a("pk", TEXT),
                _a(
                    "id",
                    Scalar("ulid"),
                    required=True,
                    generate=ir.Generate("ulid", "made"),
                    description="When it came.",
                ),
                _a("tenant", TEXT, required=True),
                _a(
                    "kind",
                    Scalar("text", ("oil", "ink", "pencil")),
                    required=True,
                    title="Kind of picture",
                ),
                _a(
                    "size",
                    Scalar("integer"),
                    required=True,
                    constraints=(ir.Constraint("minimum", "1"), ir.Constraint("maximum", "900")),
                ),
                _a("made", Scalar("timestamp"), generate=ir.Generate("created"), immutable=True),
                _a("changed", Scalar("timestamp"), generate=ir.Generate("updated")),
                _a("version", Scalar("version"), generate=ir.Generate("version")),
                _a("title", Scalar("text", lower=True), default="untitled", personal=True),
                _a("shape", Scalar("text", ("round", "square")), default="round"),
                _a("artistMail", Scalar("email"), python="artist_mail", personal=True),
                _a("phone", Scalar("phone", region="US")),
                _a("until", Scalar("ttl")),
                _a("weight", Scalar("number"), default=2),
                _a("price", Scalar("decimal"), required=True, default=9.5),
                _a("hidden", Scalar("boolean"), default=False),
                _a("thumb", Scalar("binary")),
                _a("nothing", Scalar("null")),
                _a("frame", Scalar("integer", (1, 2, 3)), required=True),
                _a("tags", ir.SetOf("text")),
                _a("years", ir.SetOf("integer"), required=True),
                _a("prices", ir.SetOf("decimal")),
                _a("hashes", ir.SetOf("binary")),
                _a("colours", ir.ListOf(Scalar("text", ("red", "blue")))),
                _a("phones", ir.ListOf(Scalar("phone", region="CH"))),
                _a("matrix", ir.ListOf(ir.ListOf(Scalar("number")))),
                _a("times", ir.DictOf(Scalar("timestamp", nullable=True))),
                _a("anything", ir.AnyValue()),
                _a("tree", ir.MapOf("Tree"), required=True),
                _a("meta", ir.MapOf("Meta")),
                _a("trees", ir.ListOf(ir.MapOf("Tree"))),
                _a("caption", TEXT, derive="${title} (${kind})", description="Below the picture"),
            ),
            schema={
                "type": "object",
                "properties": {"pk": {"type": "string", "pattern": "^[^#]+#"}, "weight": {}},
                "required": ["tenant", "id"],
                "minProperties": 1,
                "examples": [[1, 2.5, 1e30, None, True]],
            },
        ),
    ),
    patterns=(
        ir.AccessPattern(
            name="largest",
            entity="Picture",
            question="Which pictures of a kind are the largest?",
            description="Cursor, limit and so on are taken.",
            given=("tenant", "kind", "tree.label"),
            parameters=("tenant", "limit", "label"),
            index="by-size",
            range="size",
            filter=("tree.label",),
            fixed={"hidden": False},
            order="descending",
            limit=20,
            consistent=True,
        ),
        ir.AccessPattern(
            name="list",
            entity="Picture",
            question="Which pictures are there",
            given=("tenant", "kind"),
            parameters=("tenant", "kind"),
            range="id",
        ),
        ir.AccessPattern(
            name="only",
            entity="Picture",
            question="",
            given=("tenant", "made"),
            parameters=("tenant", "made"),
            result="one",
        ),
    ),
    settings=ir.Settings(
        billing="provisioned",
        read_capacity=5,
        write_capacity=2,
        stream="NEW_IMAGE",
        tags={"team": "art"},
    ),
)


def _member(name: str, *attributes: Attribute, **more: object) -> ir.Entity:
    keys = (_a("PK", TEXT, python="pk"), _a("SK", TEXT, python="sk"))
    made: dict[str, object] = {"schema": {"type": "object", "const": name}, **more}
    return ir.Entity(name, (*keys, *attributes), **made)  # type: ignore[arg-type]


_CLUB = parse("CLUB#${club}")

CLUB = ir.Table(
    name="club",
    source="club.json",
    description="Clubs, their members and their events.",
    hash=ir.KeyAttribute("PK"),
    range=ir.KeyAttribute("SK"),
    indexes=(
        ir.Index("GSI1", "gsi1", (ir.KeyAttribute("SK"),), (ir.KeyAttribute("PK"),)),
        ir.Index("GSI2", "gsi2", (ir.KeyAttribute("G2"),), (ir.KeyAttribute("N2", "N"),)),
    ),
    entities=(
        _member(
            "Club",
            _a("club", TEXT, required=True),
            keys={"PK": _CLUB, "SK": parse("CLUB")},
            recognition=ir.Recognition({"SK": "CLUB"}, {"PK": "CLUB#"}),
        ),
        _member(
            "Page",
            _a("club", TEXT, required=True),
            _a("G2", TEXT, python="g2"),
            _a("N2", Scalar("integer"), python="n2"),
            _a("points", Scalar("integer"), required=True),
            _a("mail", Scalar("email"), required=True),
            keys={"PK": _CLUB, "SK": parse("M#${mail}")},
            indexes=(ir.IndexKeys("GSI2", {"G2": _CLUB, "N2": parse("${points}")}),),
            recognition=ir.Recognition({}, {"PK": "CLUB#", "SK": "M#"}),
            description="A member's page: its name is one of the runtime's.",
        ),
        ir.Entity(
            "Event",
            (
                _a("PK", TEXT, python="pk"),
                _a("SK", Scalar("timestamp"), python="sk", required=True),
                _a("club", TEXT, required=True),
                _a("G2", TEXT, python="g2"),
                _a("N2", Scalar("decimal"), python="n2"),
                _a("fee", Scalar("decimal"), required=True),
            ),
            keys={"PK": _CLUB, "SK": parse("${SK}")},
            indexes=(ir.IndexKeys("GSI2", {"G2": _CLUB, "N2": parse("${fee}")}),),
            schema={"type": "object"},
        ),
    ),
    patterns=(
        ir.AccessPattern(
            name="all_of",
            entity="Club",
            question="What belongs to a club?",
            given=("club",),
            parameters=("club",),
            range="mail",
            result="collection",
            returns=("Club", "Page", "Event"),
        ),
        ir.AccessPattern(
            name="mixed",
            entity="Club",
            question="What has most points or costs most?",
            given=("club",),
            parameters=("club",),
            index="GSI2",
            range="points",
            order="descending",
            returns=("Page", "Event"),
        ),
        ir.AccessPattern(
            name="first_event",
            entity="Club",
            question="Which event is there?",
            given=("club", "SK"),
            parameters=("club", "cast"),
            result="one",
            returns=("Event",),
        ),
    ),
)
