"""
The bodies of pages: what stands between the navigation and the foot, the same in the served app and on the plain pages.

Both faces fill the same templates with the same scorecard. They differ in two things only, which they hand in: where links lead
(`routes`) and whether a drawing stands in the page or in an image (`pen`), because the app's pages take no drawings.
"""
