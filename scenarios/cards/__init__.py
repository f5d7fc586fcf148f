"""A scenario's text read and changed card by card: each change touches its own lines and no other byte."""

from scenarios.cards.faces import ReplyCard, SceneCard, SceneName, Spoken, read_scene, scene_names
from scenarios.cards.marks import BANDS, Band
from scenarios.cards.moves import move_reply, remove_reply
from scenarios.cards.replies import NewReply, ReplyChange, add_reply, change_reply
from scenarios.cards.scenes import NewScene, SceneChange, add_scene, change_scene, rename_scene
from scenarios.cards.sheet import Sheet, open_sheet
from scenarios.cards.trial import RefusedError
from scenarios.cards.voicing import Said

__all__ = [
    "BANDS",
    "Band",
    "NewReply",
    "NewScene",
    "RefusedError",
    "ReplyCard",
    "ReplyChange",
    "Said",
    "SceneCard",
    "SceneChange",
    "SceneName",
    "Sheet",
    "Spoken",
    "add_reply",
    "add_scene",
    "change_reply",
    "change_scene",
    "move_reply",
    "open_sheet",
    "read_scene",
    "remove_reply",
    "rename_scene",
    "scene_names",
]
