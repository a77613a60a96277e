from django.urls import path

from leerkring.outward.publishing.publications.views import reactions, reading, writing

LIST = "<slug:slug>/publications/"
ONE = LIST + "<int:publication_id>/"
AUTHOR = ONE + "authors/<int:author_id>/"
REACTION = ONE + "reactions/<int:reaction_id>/"

publication_urls = [
    path(LIST, reading.publications_page, name="publications_page"),
    path(LIST + "feed.atom", reading.publications_feed, name="publications_feed"),
    path(LIST + "write/", writing.publication_write, name="publication_write"),
    path(LIST + "reactions/", reactions.reactions_page, name="reactions_page"),
    path(LIST + "reactions/choose/", reactions.reactions_choose, name="reactions_choose"),
    path(ONE, reading.publication_page, name="publication_page"),
    path(ONE + "picture/", reading.publication_picture, name="publication_picture"),
    path(ONE + "file/", reading.publication_file, name="publication_file"),
    path(ONE + "edit/", writing.publication_edit, name="publication_edit"),
    path(ONE + "files/", writing.publication_files, name="publication_files"),
    path(ONE + "history/", writing.publication_history, name="publication_history"),
    path(ONE + "publish/", writing.publication_publish, name="publication_publish"),
    path(ONE + "withdraw/", writing.publication_withdraw, name="publication_withdraw"),
    path(ONE + "put-back/", writing.publication_put_back, name="publication_put_back"),
    path(ONE + "authors/ask/", writing.author_ask, name="author_ask"),
    path(AUTHOR + "agree/", writing.author_agree, name="author_agree"),
    path(AUTHOR + "decline/", writing.author_decline, name="author_decline"),
    path(AUTHOR + "remove/", writing.author_remove, name="author_remove"),
    path(ONE + "reactions/write/", reactions.reaction_write, name="reaction_write"),
    path(REACTION + "take-back/", reactions.reaction_take_back, name="reaction_take_back"),
    path(REACTION + "show/", reactions.reaction_show, name="reaction_show"),
    path(REACTION + "remove/", reactions.reaction_remove, name="reaction_remove"),
]
