// Beast's own sources (BOOST_BEAST_SEPARATE_COMPILATION), for programs without the http room. One
// with both takes the object of one archive, and the other one's is never linked.
#include <boost/beast/src.hpp>
