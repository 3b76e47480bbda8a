#include "server/http/listener.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <list>
#include <optional>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "server/failures.hpp"

namespace willrun::server {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using Error = boost::system::error_code;

// What all connections share.
struct Shared {
  const ListenerOptions& options;
  Handler& handler;
  std::atomic<std::size_t> open{0};
  std::atomic<std::size_t> busy{0};  // requests that were read and are not answered yet
  std::atomic<bool> stopping{false};
};

// A connection: waits for a byte without holding a buffer, reads one request, has it answered, writes, and again.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, Shared& shared)
      : stream_(std::move(socket)), shared_(shared), timer_(stream_.get_executor()) {
    ++shared_.open;
  }
  ~Connection() { --shared_.open; }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start() {
    Error error;
    stream_.socket().set_option(tcp::no_delay(true), error);
    const tcp::endpoint peer = stream_.socket().remote_endpoint(error);
    if (!error) peer_ = peer.address().to_string();
    wait();
  }

 private:
  using Parser = http::request_parser<http::string_body>;

  void wait() {
    if (buffer_.size() > 0) {  // the next request came with the last one
      read();
      return;
    }
    buffer_.shrink_to_fit();
    limit(shared_.options.idle_time);
    stream_.socket().async_wait(tcp::socket::wait_read, [self = shared_from_this()](Error error) {
      if (error) {
        self->close();
      } else {
        self->read();
      }
    });
  }

  void read() {
    parser_.emplace();
    parser_->header_limit(shared_.options.header_bytes);
    parser_->body_limit(shared_.options.body_bytes);
    limit(shared_.options.request_time);
    http::async_read_header(stream_, buffer_, *parser_, [self = shared_from_this()](Error error, std::size_t) {
      if (error) {
        self->refuse(error);
        return;
      }
      self->read_body();
    });
  }

  // Ends what is waited for when it takes too long. The stream's own timeouts would close it, and nothing could be
  // said.
  void limit(std::chrono::milliseconds time) {
    too_slow_ = false;
    timer_.expires_after(time);
    timer_.async_wait([self = shared_from_this()](Error error) {
      if (error) return;
      self->too_slow_ = true;
      self->stream_.cancel();
    });
  }

  void read_body() {
    // curl waits for this before it sends a large body.
    if (parser_->get()[http::field::expect] == "100-continue") {
      continue_.emplace(http::status::continue_, 11);
      http::async_write(stream_, *continue_, [self = shared_from_this()](Error error, std::size_t) {
        if (!error) self->read_rest();
      });
      return;
    }
    read_rest();
  }

  void read_rest() {
    http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](Error error, std::size_t) {
      if (error) {
        self->refuse(error);
        return;
      }
      self->timer_.cancel();
      self->answer();
    });
  }

  void answer() {
    http::request<http::string_body> message = parser_->release();
    parser_.reset();
    keep_alive_ = message.keep_alive();
    head_ = message.method() == http::verb::head;
    version_ = message.version();
    Request request;
    request.method.assign(message.method_string().data(), message.method_string().size());
    request.target.assign(message.target().data(), message.target().size());
    request.peer = peer_;
    for (const auto& field : message) {
      request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    request.body = std::move(message.body());
    ++shared_.busy;
    auto send = [self = shared_from_this()](Response response) {
      asio::dispatch(self->stream_.get_executor(), [self, response = std::move(response)]() mutable {
        --self->shared_.busy;
        self->write(std::move(response));
      });
    };
    auto run = [self = shared_from_this()](std::function<void()> work) {
      asio::dispatch(self->stream_.get_executor(), std::move(work));
    };
    shared_.handler.handle(std::move(request), {std::move(send), std::move(run)});
  }

  void write(Response response) {
    response_.emplace();
    response_->version(version_);
    response_->result(static_cast<unsigned>(response.status));
    response_->set(http::field::server, "willrun");
    if (!response.content_type.empty()) response_->set(http::field::content_type, response.content_type);
    for (const Header& header : response.headers) response_->insert(header.name, header.value);
    response_->keep_alive(keep_alive_ && !shared_.stopping);
    const std::size_t size = response.body.size();
    if (!head_) response_->body() = std::move(response.body);
    if (response.status != 204 && response.status != 304) response_->content_length(size);
    stream_.expires_after(shared_.options.request_time);
    http::async_write(stream_, *response_, [self = shared_from_this()](Error error, std::size_t) {
      if (error) return;
      const bool again = self->response_->keep_alive();
      self->response_.reset();
      self->stream_.expires_never();
      if (again) {
        self->wait();
      } else {
        self->linger();
      }
    });
  }

  // Closing with bytes unread would reset the connection, and the answer might not arrive: what a refused client still
  // sends is read for a moment.
  void linger() {
    Error ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    limit(std::chrono::seconds(1));
    discard(0);
  }
  void discard(std::size_t so_far) {
    constexpr std::size_t kMost = std::size_t{16} << 20U;
    buffer_.clear();
    stream_.async_read_some(buffer_.prepare(std::size_t{16} << 10U),
                            [self = shared_from_this(), so_far](Error error, std::size_t size) {
                              if (error || so_far > kMost) {
                                self->close();
                              } else {
                                self->discard(so_far + size);
                              }
                            });
  }

  // Bytes that are no request. The rest of the stream cannot be understood, so it is closed.
  void refuse(Error error) {
    int status = 0;
    if (error == http::error::body_limit) status = 413;
    if (error == http::error::header_limit) status = 431;
    if (too_slow_) status = 408;
    if (status == 0 && error.category() == make_error_code(http::error::bad_method).category() &&
        error != http::error::end_of_stream && error != http::error::partial_message)
      status = 400;
    timer_.cancel();
    if (status == 0 || !stream_.socket().is_open()) return;
    keep_alive_ = false;
    write(error_response(status, std::string(http::obsolete_reason(static_cast<http::status>(status)))));
  }

  void close() {
    timer_.cancel();
    Error ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
    stream_.close();
  }

  beast::tcp_stream stream_;
  Shared& shared_;
  beast::flat_buffer buffer_;
  asio::steady_timer timer_;  // of the wait for a request, and of its reading
  std::optional<Parser> parser_;
  std::optional<http::response<http::empty_body>> continue_;
  std::optional<http::response<http::string_body>> response_;
  std::string peer_;
  unsigned version_ = 11;
  bool keep_alive_ = true;
  bool head_ = false;
  bool too_slow_ = false;
};

}  // namespace

// One context a thread: a connection stays with its thread, and nothing of it is locked.
struct Listener::Data {
  Data(ListenerOptions given, Handler& handler)
      : options(std::move(given)), shared{options, handler}, signals(first()) {
    const unsigned wanted = options.threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : options.threads;
    for (unsigned i = 1; i < wanted; ++i) contexts.emplace_back(1);
    for (asio::io_context& context : contexts) guards.push_back(asio::make_work_guard(context));
    bind();
  }

  asio::io_context& first() {
    if (contexts.empty()) contexts.emplace_back(1);
    return contexts.front();
  }

  void bind() try {
    const tcp::endpoint place(asio::ip::make_address(options.address), options.port);
    acceptor.emplace(first());
    acceptor->open(place.protocol());
    acceptor->set_option(asio::socket_base::reuse_address(true));
    acceptor->bind(place);
    acceptor->listen(4'096);
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error(
        fmt::format("cannot listen on {}:{}: {}", options.address, options.port, error.code().message()));
  }

  void accept() {
    asio::io_context& next = *(at == contexts.end() ? at = contexts.begin() : at);
    ++at;
    acceptor->async_accept(next, [this, &next](Error error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (!error && shared.open < options.connections) {
        auto connection = std::make_shared<Connection>(std::move(socket), shared);
        asio::dispatch(next, [connection] { connection->start(); });
      }
      if (error) {  // out of files, say: a little later there may be some
        pause.emplace(first(), std::chrono::milliseconds(50));
        pause->async_wait([this](Error) { accept(); });
        return;
      }
      accept();
    });
  }

  void begin_stop() {
    if (shared.stopping.exchange(true)) return;
    Error ignored;
    acceptor->close(ignored);
    deadline = std::chrono::steady_clock::now() + grace;
    drain();
  }

  void drain() {
    if (shared.busy == 0 || std::chrono::steady_clock::now() >= deadline) {
      // One more turn, so that answers are written out.
      pause.emplace(first(), std::chrono::milliseconds(50));
      pause->async_wait([this](Error) {
        for (asio::io_context& context : contexts) context.stop();
      });
      return;
    }
    pause.emplace(first(), std::chrono::milliseconds(10));
    pause->async_wait([this](Error) { drain(); });
  }

  ListenerOptions options;
  Shared shared;
  std::list<asio::io_context> contexts;
  std::list<asio::io_context>::iterator at = contexts.end();
  std::vector<asio::executor_work_guard<asio::io_context::executor_type>> guards;
  asio::signal_set signals;
  std::optional<tcp::acceptor> acceptor;
  std::optional<asio::steady_timer> pause;
  std::chrono::seconds grace{10};
  std::chrono::steady_clock::time_point deadline;
};

Listener::Listener(ListenerOptions options, Handler& handler)
    : data_(std::make_unique<Data>(std::move(options), handler)) {}
Listener::~Listener() = default;

std::uint16_t Listener::port() const { return data_->acceptor->local_endpoint().port(); }
std::size_t Listener::connections() const { return data_->shared.open; }

void Listener::run(std::chrono::seconds grace) {
  data_->grace = grace;
  data_->signals.add(SIGTERM);
  data_->signals.add(SIGINT);
  data_->signals.async_wait([this](Error error, int) {
    if (!error) data_->begin_stop();
  });
  data_->accept();
  std::vector<std::thread> threads;
  for (auto context = std::next(data_->contexts.begin()); context != data_->contexts.end(); ++context)
    threads.emplace_back([&io = *context] { io.run(); });
  data_->contexts.front().run();
  for (std::thread& thread : threads) thread.join();
}

void Listener::stop() {
  asio::dispatch(data_->contexts.front(), [this] { data_->begin_stop(); });
}

}  // namespace willrun::server
