"""The Flesch-Kincaid reading grade of a text: school years, from the lengths of its sentences and words."""

import re

GROUP = re.compile(r"[aeiouy]+")
WORD = re.compile(r"[A-Za-z']+|[\d,.%]*\d[\d,.%]*")
SILENT = re.compile(r"(?<=[^aeiouytd])ed$|(?<=[^aeiouysxzcgh])es$|(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$")
SENTENCE = re.compile(r"[.!?](?:\s|$)")


def grade(text: str) -> float:
    """
    The grade: 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid and others, 1975).

    A figure in digits counts as one word of one syllable, as readability tools count it.
    """
    words = WORD.findall(text)
    sentences = max(1, len(SENTENCE.findall(text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Groups of vowels, but for an e at the end that is not spoken; at least one."""
    low = re.sub(r"[^a-z]", "", word.lower())
    return max(1, len(GROUP.findall(SILENT.sub("", low))))
