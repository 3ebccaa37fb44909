"""Web sites of the sample institutions: what they publish of what the law demands, how, and what should be said of it.

`law` reads the structure of the law, `composing` plans every site from the seed, `layouts` draw its pages, `contents` writes its
documents, `writing` puts them into the sample folder, and `truths` derives the labels from the plan.
"""
