"""What column names ask, and what cells answer, in the common languages."""

from __future__ import annotations

import pytest

from csv_preflight.consent import Answer, answer, asks, is_about_messages, opts_out
from csv_preflight.model.opt_out import Asks

NAMES = {
    Asks.OPT_OUT: (
        "do_not_call DoNotCall DO-NOT-CALL federal_donotcall dnc DNC_flag opted_out OptOut HasOptedOut "
        "unsubscribed_at no_call "
        "Nicht_anrufen Werbesperre Abgemeldet Robinsonliste ne_pas_appeler Désinscrit désabonné(e) Bloctel no_llamar "
        "Dado_de_baja Lista_Robinson Non_chiamare disiscritto não_ligar Descadastrado niet_bellen Uitgeschreven "
        "nie_dzwonić Wypisany Не_звонить отписан Ring_inte Avregistrerad Afmeldt Nevolat Odhlášen "
        "Leiratkozott Aramayın "
        "jangan_telepon Không_gọi 退订 请勿致电 電話不可 配信停止 수신거부 لا_تتصل "
        "consent_withdrawn no_consent deceased verstorben décédé Anrufverbot Sperre"
    ),
    Asks.CONSENT: (
        "consent voice_consent OptIn opted_in subscribed can_call Einwilligung Zustimmung consentement "
        "Werbung_erlaubt Telefonwerbung_erlaubt Kontakt_erlaubt Darf_angerufen_werden permission_to_call "
        "abonné consentimiento "
        "suscrito consenso iscritto consentimento toestemming zgoda согласие samtycke samtykke suostumus souhlas "
        "同意 동의 izin "
        "persetujuan ความยินยอม موافقة "
        "Privacy Privacy_accettata Consenso_privacy DSGVO Datenschutz_akzeptiert GDPR gdpr_accepted RGPD LGPD "
        "TCPA Call_OK"
    ),
    Asks.STATUS: "status lead_status Subscription_Status Notes Bemerkungen statut estado статус 状态",
    Asks.OTHER: (
        "name phone city country State email company consent_date consent_source consent_ip id amount due_date "
        "language Title department age opted callback blockchain GDPR_date private_phone"
    ),
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [(name.replace("_", " ") if "_" in name and index % 2 else name, kind)
     for kind, names in NAMES.items() for index, name in enumerate(names.split())],
)  # fmt: skip
def test_a_name_tells_what_its_column_asks(name: str, expected: Asks) -> None:
    assert asks(name) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("email_opt_out", True),
        ("HasOptedOutOfEmail", True),
        ("SMS consent", True),
        ("do_not_call", False),
        ("call_and_sms_consent", False),
        ("opted_out", False),
    ],
)
def test_columns_about_messages_are_told_apart(name: str, *, expected: bool) -> None:
    assert is_about_messages(name) is expected


YES = "yes YES y true True t 1 1.0 x X ✓ ☑ ja oui o sí si S sim vero tak да evet kyllä ano igen ναι có ya ใช่ نعم हाँ "
YES += "是 はい 예"
NO = "no N false F 0 0.0 off nein non não nee nej nei ei ne nie нет hayır όχι nem không tidak ไม่ لا नहीं "
NO += "否 いいえ 아니오"
OUT = (
    "unsubscribed opted_out Opt-Out do_not_call DO_NOT_CALL! don't_call DNC stop blocked no_consent "
    "Abgemeldet nicht_anrufen "
    "désinscrit ne_pas_appeler no_llamar dado_de_baja disiscritto não_ligar uitgeschreven nie_dzwonić отписан "
    "退订 수신거부 配信停止 "
    "unsubscribed_2024-05-01"
)
UNCLEAR = ("?", "??", "perhaps", "🚫", "!", "*", "? ?")
SILENT = ("", " ", "\u200b", "\u00a0\ufeff", "--", "\u2014", "...", "-", "NULL", "n/a", "N/A", "none", "#N/A")


@pytest.mark.parametrize("word", YES.split())
def test_yes(word: str) -> None:
    assert answer(word, Asks.OPT_OUT) is Answer.OPTED_OUT
    assert answer(f" {word} ", Asks.OTHER) is Answer.OPTED_OUT
    assert answer(word, Asks.CONSENT) is Answer.SILENT


@pytest.mark.parametrize("word", NO.split())
def test_no(word: str) -> None:
    assert answer(word, Asks.OPT_OUT) is Answer.SILENT
    assert answer(word, Asks.OTHER) is Answer.SILENT
    assert answer(word, Asks.CONSENT) is Answer.OPTED_OUT


@pytest.mark.parametrize("word", [word.replace("_", " ") for word in OUT.split()])
def test_what_says_it_by_itself(word: str) -> None:
    assert {answer(word, asked) for asked in Asks} == {Answer.OPTED_OUT}


@pytest.mark.parametrize("word", SILENT)
def test_what_says_nothing(word: str) -> None:
    assert {answer(word, asked) for asked in Asks} == {Answer.SILENT}


@pytest.mark.parametrize(
    ("cell", "asked", "expected"),
    [
        ("2024-05-01", Asks.OPT_OUT, Answer.OPTED_OUT),
        ("1.5.2024 13:00", Asks.OPT_OUT, Answer.OPTED_OUT),
        ("0000-00-00", Asks.OPT_OUT, Answer.SILENT),
        ("0000-00-00T00:00:00Z", Asks.OPT_OUT, Answer.SILENT),
        ("0001-01-01T00:00:00", Asks.OPT_OUT, Answer.SILENT),
        ("2024-05-01", Asks.CONSENT, Answer.SILENT),
        ("opted in", Asks.OPT_OUT, Answer.SILENT),
        ("not opted out", Asks.OPT_OUT, Answer.SILENT),
        ("never unsubscribed", Asks.STATUS, Answer.SILENT),
        ("granted", Asks.CONSENT, Answer.SILENT),
        ("pending", Asks.CONSENT, Answer.UNCLEAR),
        ("perhaps", Asks.OPT_OUT, Answer.UNCLEAR),
        ("new lead", Asks.STATUS, Answer.SILENT),
        ("new lead", Asks.OTHER, Answer.SILENT),
    ],
)
def test_other_answers(cell: str, asked: Asks, expected: Answer) -> None:
    assert answer(cell, asked) is expected


@pytest.mark.parametrize(
    "cell",
    [
        "2024-05-01",
        "2024-05-01 10:11:12 UTC",
        "2024-05-01T10:11:12",
        "2024-05-01T10:11:12Z",
        "2024-05-01T10:11:12.123+00:00",
        "20240501",
        "20240501T101112Z",
        "5/1/2024 10:11 AM",
        "1.5.24",
        "May 1, 2024",
        "May 1 2024 10:11AM",
        "Wed, 01 May 2024 10:11:12 GMT",
        "1-May-24",
        "1714558272",
        "1714558272123",
        "45413",
        "45413.4247",
    ],
)
def test_the_date_of_an_opt_out_says_that_there_was_one(cell: str) -> None:
    assert answer(cell, Asks.OPT_OUT) is Answer.OPTED_OUT
    assert answer(cell, Asks.CONSENT) is Answer.SILENT


@pytest.mark.parametrize("cell", ["2024", "12345", "202", "99999", "4155550101", "1.2.3.4.5", "mayor 1 2024"])
def test_other_numbers_and_words_are_no_dates(cell: str) -> None:
    assert answer(cell, Asks.OPT_OUT) is Answer.UNCLEAR


@pytest.mark.parametrize(
    ("cell", "asked", "expected"),
    [
        ("Yes", Asks.OPT_OUT, True),
        ("perhaps", Asks.OPT_OUT, False),
        ("no", Asks.CONSENT, True),
        ("yes", Asks.STATUS, False),
        ("stop at the gate", Asks.STATUS, False),
        ("said: do not call again", Asks.STATUS, True),
        ("unsubscribed from email", Asks.STATUS, False),
    ],
)
def test_where_nobody_named_the_column_only_plain_answers_count(cell: str, asked: Asks, *, expected: bool) -> None:
    assert opts_out(cell, asked) is expected


@pytest.mark.parametrize("cell", UNCLEAR)
def test_what_is_no_answer_is_unclear_where_one_was_asked_for(cell: str) -> None:
    for asked in (Asks.OPT_OUT, Asks.CONSENT):
        assert answer(cell, asked) is Answer.UNCLEAR
    assert answer(cell, Asks.STATUS) is Answer.SILENT


@pytest.mark.parametrize("cell", ["☐", "⬜\ufe0f", "□"])
def test_a_box_that_nobody_has_ticked_says_no(cell: str) -> None:
    assert answer(cell, Asks.OPT_OUT) is Answer.SILENT
    assert answer(cell, Asks.CONSENT) is Answer.OPTED_OUT
