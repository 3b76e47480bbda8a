// Connections on loopback: what is sent byte by byte, and what comes back.
#include <gtest/gtest.h>

#include <list>

#include "server/loopback.hpp"

namespace willrun::server {
namespace {

// Tells what it got.
class Echo : public Handler {
 public:
  void handle(Request request, Reply reply) override {
    Response response;
    response.content_type = "text/plain";
    response.body = request.method + " " + request.target + " " + std::to_string(request.body.size()) + ";";
    reply(std::move(response));
  }
};

class Listening : public testing::Test {
 protected:
  static ListenerOptions options() {
    ListenerOptions made;
    made.header_bytes = 1'000;
    made.body_bytes = 2'000;
    made.request_time = std::chrono::milliseconds(300);
    made.idle_time = std::chrono::milliseconds(300);
    made.connections = 50;
    return made;
  }
  // The status and the body of the answer to some bytes; the connection has to be closed behind it.
  std::string answer(std::string_view bytes) {
    const Client client(loopback_.port());
    client.send(bytes);
    return shown(client.receive());
  }
  static std::string shown(const std::string& text) {
    if (text.empty()) return "closed";
    const std::size_t body = text.find("\r\n\r\n");
    return text.substr(9, 3) + " " + (body == std::string::npos ? "" : text.substr(body + 4));
  }

  Echo echo_;
  Loopback loopback_{echo_, options()};
};

TEST_F(Listening, AnswersAndKeepsTheConnection) {
  const Client client(loopback_.port());
  client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(shown(client.receive(";")), "200 GET /a 0;");
  client.send("POST /b?c HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_EQ(shown(client.receive(";")), "200 POST /b?c 3;");
  client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string both = client.receive();
  EXPECT_NE(both.find("GET /1 0;"), std::string::npos);
  EXPECT_NE(both.find("GET /2 0;"), std::string::npos);
}

TEST_F(Listening, TakesChunksAndWaitingClients) {
  EXPECT_EQ(
      answer(
          "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
      "200 POST / 3;");
  const Client client(loopback_.port());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.receive("\r\n\r\n").substr(0, 12), "HTTP/1.1 100");
  client.send("ab");
  EXPECT_EQ(shown(client.receive(";")), "200 POST / 2;");
}

TEST_F(Listening, AnswersHeadWithoutABody) {
  EXPECT_EQ(answer("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), "200 ");
}

TEST_F(Listening, RefusesWhatIsTooMuch) {
  EXPECT_EQ(answer("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(2'000, 'a') + "\r\n\r\n").substr(0, 3), "431");
  EXPECT_EQ(answer("GET /" + std::string(3'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n").substr(0, 3), "431");
  EXPECT_EQ(answer("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n").substr(0, 3), "413");
  EXPECT_EQ(answer("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n" + std::string(0xFFF, 'a') +
                   "\r\n0\r\n\r\n")
                .substr(0, 3),
            "413");
}

TEST_F(Listening, RefusesWhatIsNoRequest) {
  for (const char* bytes : {"nonsense\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
                            "GET / HTTP/1.1\r\nHost x\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                            "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                            "GET / HTTP/1.1\r\nA: b\rc: d\r\n\r\n"})
    EXPECT_EQ(answer(bytes).substr(0, 3), "400") << bytes;
}

TEST_F(Listening, DoesNotWaitForSlowClients) {
  EXPECT_EQ(answer("GET / HTT"), "408 {\"error\":\"Request Timeout\"}");
  EXPECT_EQ(answer("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab"), "408 {\"error\":\"Request Timeout\"}");
  EXPECT_EQ(answer(""), "closed");
}

TEST_F(Listening, HoldsManyIdleConnectionsAndNoMore) {
  std::list<Client> clients;
  for (int i = 0; i < 80; ++i) clients.emplace_back(loopback_.port());
  int served = 0;
  for (const Client& client : clients) {
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    served += client.receive(";").empty() ? 0 : 1;
  }
  EXPECT_LE(served, 50);
  EXPECT_GE(served, 40);
}

}  // namespace
}  // namespace willrun::server
