from __future__ import annotations

import pytest

from lhs_nlp.passages import looks_english

ENGLISH = (
    "The project will cut falls among older people by a third. Each ward has a nurse who counts them every week, and "
    "the figures are read at the handover, where the team agrees on what it will try next and who will tell families."
)
OTHERS = {
    "French": (
        "Le projet doit faire baisser d'un tiers les chutes des patients âgés. Chaque service compte les "
        "siennes une fois par semaine, et les chiffres sont lus lors de la relève, où l'équipe choisit ce "
        "qu'elle va essayer ensuite et comment les familles en seront averties."
    ),
    "German": (
        "Das Vorhaben soll Stürze älterer Menschen um ein Drittel verringern. Jede Station zählt die ihren "
        "einmal je Woche. Die Zahlen werden bei der Übergabe verlesen, wo die Gruppe entscheidet, was sie als "
        "nächstes versucht und wer es den Angehörigen sagt, die für sie da sind und was not tut."
    ),
    "Portuguese": (
        "O projeto pretende reduzir as quedas dos doentes idosos em um terço. Cada serviço conta as suas uma "
        "vez por semana, e os números são lidos na passagem de turno, em que a equipa decide o que vai tentar "
        "a seguir e quem o diz às famílias dos doentes internados no hospital."
    ),
    "Polish": (
        "Projekt ma zmniejszyć liczbę upadków starszych pacjentów o jedną trzecią. Każdy oddział liczy je raz "
        "w tygodniu, a liczby są odczytywane podczas zdawania dyżuru, gdzie zespół decyduje, co spróbuje "
        "zrobić dalej i kto powie o tym rodzinom, jak to było do tej pory w szpitalu."
    ),
    "Italian": (
        "Il progetto vuole ridurre di un terzo le cadute degli anziani. Ogni reparto conta le proprie una "
        "volta a settimana, e i numeri si leggono al cambio di turno, dove il gruppo decide che cosa provare "
        "in seguito e chi lo dirà alle famiglie dei pazienti, per non perdere tempo."
    ),
    "Dutch": (
        "Het project wil het vallen van oudere patiënten met een derde verminderen. Elke afdeling telt ze een "
        "keer per week, en de cijfers worden voorgelezen bij de overdracht, waar het team besluit wat het "
        "daarna wil proberen en wie het aan de families vertelt, of dat er meer was te doen."
    ),
    "Danish": (
        "Projektet skal mindske fald blandt ældre patienter med en tredjedel. Hver afdeling tæller dem en "
        "gang om ugen, og tallene læses op ved vagtskiftet, hvor gruppen bestemmer, hvad den vil prøve som "
        "det næste, og hvem der siger det til familierne, for at de kan have tid og være med."
    ),
    "Swedish": (
        "Projektet ska minska fallen bland äldre patienter med en tredjedel. Varje avdelning räknar dem en "
        "gång i veckan, och siffrorna läses upp vid överlämningen, där gruppen bestämmer vad den vill pröva "
        "härnäst och vem som berättar det för familjerna, så att alla kan vara med."
    ),
    "Spanish": (
        "El proyecto quiere reducir en un tercio las caídas de los pacientes mayores. Cada servicio cuenta "
        "las suyas una vez por semana, y las cifras se leen en el cambio de turno, donde el equipo decide qué "
        "va a probar después y quién se lo dice a las familias de los enfermos."
    ),
    "Hungarian": (
        "A terv célja, hogy az idős betegek elesései egyharmadával csökkenjenek. Minden osztály hetente "
        "egyszer megszámolja a sajátját, és a számokat az átadáskor olvassák fel, ahol a csoport eldönti, mit "
        "próbál ki most, és ki mondja el a családoknak, hogy is volt a dolog."
    ),
    "Romanian": (
        "Proiectul vrea să reducă cu o treime căderile pacienților în vârstă. Fiecare secție le numără o dată "
        "pe săptămână, iar cifrele sunt citite la predarea turei, unde echipa hotărăște ce va încerca mai "
        "departe și cine le spune familiilor, așa cum a fost până acum în spital."
    ),
}
CHINESE = "跌倒减少了三分之一。患者更安全。费用也降低了。每周公布一次。"
GREEK = "Οι πτώσεις μειώθηκαν κατά ένα τρίτο."  # noqa: RUF001


@pytest.mark.parametrize(
    "text", [*(text * 2 for text in OTHERS.values()), CHINESE, GREEK], ids=[*OTHERS, "Chinese", "Greek"]
)
def test_other_languages_do_not_look_english(text: str) -> None:
    assert not looks_english(text)


@pytest.mark.parametrize("text", [ENGLISH, ENGLISH.upper(), "", "12 % 3,4", "Projet", ENGLISH + GREEK])
def test_english_and_what_is_too_short_to_tell_by_pass(text: str) -> None:
    assert looks_english(text)


def test_table_of_english_words_passes() -> None:
    rows = [f"Ward {number}: falls {number}, harm level low, staff hours lost" for number in range(20)]
    assert looks_english(
        "Falls and harm by ward, with hours that were lost, before and after the change\n" + "\n".join(rows)
    )


def test_huge_text_is_told_by_its_beginning() -> None:
    assert looks_english(ENGLISH * 100 + OTHERS["French"] * 10_000)
